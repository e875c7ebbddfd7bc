/** The certificate and key of a server that speaks https itself: read, and told in one line what is wrong with them. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { codeOf, StartTrouble } from './cluster/trouble.ts'

/** Paths of two PEM files; the certificate's holds those between it and its root as well. */
export interface CertificateFiles {
  readonly cert: string
  readonly key: string
}

export interface Certificate {
  readonly cert: string
  readonly key: string
  readonly endsAt: Date
}

/** Throws a `StartTrouble` where the two cannot be read, do not fit each other, or do not hold at `now` (milliseconds). */
export function readCertificate(files: CertificateFiles, now: number): Certificate {
  const cert = readText('TLS_CERT', files.cert)
  const key = readText('TLS_KEY', files.key)
  const first = certificateOf(cert, files.cert)
  const secret = keyOf(key, files.key)
  if (!first.checkPrivateKey(secret)) {
    throw new StartTrouble(`TLS_KEY (${files.key}) does not fit the certificate in ${files.cert}.`)
  }
  const [beginsAt, endsAt] = [new Date(first.validFrom), new Date(first.validTo)]
  if (now >= endsAt.getTime()) {
    throw new StartTrouble(
      `The certificate in ${files.cert} expired on ${dayOf(endsAt)}: renew it. Devices keep their work meanwhile.`,
    )
  }
  if (now < beginsAt.getTime()) {
    throw new StartTrouble(
      `The certificate in ${files.cert} holds from ${dayOf(beginsAt)} on: is the clock of this machine right?`,
    )
  }
  return { cert, key, endsAt }
}

function readText(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new StartTrouble(`${name}: ${path} cannot be read (${codeOf(error)}).`)
  }
}

function certificateOf(text: string, path: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch {
    throw new StartTrouble(
      `TLS_CERT: ${path} holds no certificate (PEM, -----BEGIN CERTIFICATE-----).`,
    )
  }
}

function keyOf(text: string, path: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    throw new StartTrouble(`TLS_KEY: ${path} holds no private key (PEM, without a passphrase).`)
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
