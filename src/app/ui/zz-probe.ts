import type { Vault } from '#app/vault/vault.ts'
import { x } from '../../server/a.ts'
import { Dexie } from 'dexie'
import { h } from 'preact'
import fs from 'node:fs'
export const a = Date.now() + Math.random()
export const b = [new Date(), new Date(5), fetch('/'), localStorage, crypto.randomUUID()]
export const c = (v: Vault) => { v.compact(); return [x, Dexie, h, fs] }
export default a
import { create } from 'zustand'; create()
