/**
 * Every piece of the kit in every state, for those who build screens: `npm run dev`, then /tests/gallery/index.html, with
 * ?en, ?large or ?largest behind it; dark and forced colours come from the browser. It is no part of a build.
 */
import { render } from 'preact'
import '#app/ui/tokens.css'
import { Gallery } from './Gallery.tsx'

const asked = new URLSearchParams(location.search)
const isEnglish = asked.has('en')
document.documentElement.lang = isEnglish ? 'en' : 'zh-CN'
document.documentElement.toggleAttribute('data-large', asked.has('large') || asked.has('largest'))
document.documentElement.toggleAttribute('data-largest', asked.has('largest'))
const root = document.getElementById('app')
if (root) render(<Gallery isEnglish={isEnglish} />, root)
