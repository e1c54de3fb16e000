import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { readAtBuild } from './src/teaching/readAtBuild.ts'

/** What a route loads at once beside the entry, by the first part of its hash; a route that is not named is the first page. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  '': ['src/panels/home/index.ts', 'src/ui/PictogramSprite.tsx'],
  lab: ['src/panels/workbench/index.ts', 'src/panels/diagram/index.ts', 'src/ui/PictogramSprite.tsx'],
  s: ['src/panels/workbench/index.ts', 'src/panels/diagram/index.ts', 'src/ui/PictogramSprite.tsx'],
  learn: ['src/panels/learn/index.ts'],
  quiz: ['src/panels/quiz/index.ts', 'src/panels/quiz/Doors.tsx'],
  q: ['src/panels/quiz/index.ts', 'src/panels/quiz/Session.tsx'],
  exam: ['src/panels/quiz/index.ts', 'src/panels/quiz/Session.tsx'],
  review: ['src/panels/review/index.ts'],
  teach: ['src/panels/classroom/Teach.tsx'],
}

/**
 * Asks for the files of the route while the page is still being read, so that none waits for the code that would ask for it.
 * The monospaced font is for routes that show it at once.
 */
function routePreloads(): Plugin {
  return {
    name: 'orrery-route-preloads',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        if (!bundle) return []
        const chunks = Object.values(bundle).filter((one): one is Rolldown.OutputChunk => one.type === 'chunk')
        // A chunk that others share is known by what is in it.
        const chunkOf = (module: string) =>
          chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${module}`)))
        const entry = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap((chunk) => closure(chunk, bundle)))
        const files = Object.fromEntries(
          Object.entries(ROUTES).flatMap(([route, modules]) => {
            const found = ['src/ui/Sprite.tsx', ...modules].flatMap((module) => {
              const chunk = chunkOf(module)
              return chunk ? closure(chunk, bundle) : []
            })
            return found.length > 0 ? [[route, [...new Set(found)].filter((file) => !entry.has(file))]] : []
          }),
        )
        const code = `const f=${JSON.stringify(files)},r=location.hash.split('/')[1]||'';for(const h of[...(f[r]||f['']),...(r?['fonts/jetbrains-mono.woff2']:[])]){const l=document.createElement('link'),e=h.split('.').pop();l.href='./'+h;l.rel=e==='js'?'modulepreload':'preload';l.crossOrigin='';if(e!=='js')l.as=e==='css'?'style':'font';document.head.append(l)}`
        return [{ tag: 'script', children: `{${code}}`, injectTo: 'head' }]
      },
    },
  }
}

/** A chunk with everything that it needs before it can run: names of files, styles among them. */
function closure(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): readonly string[] {
  const seen = new Set<string>()
  const visit = (name: string) => {
    const one = bundle[name]
    if (seen.has(name) || one?.type !== 'chunk') return
    seen.add(name)
    for (const css of one.viteMetadata?.importedCss ?? []) seen.add(css)
    for (const next of one.imports) visit(next)
  }
  visit(chunk.fileName)
  return [...seen]
}

/** Writes the content security policy into the built page; inline scripts (the theme before the first paint, the preloads) are allowed by their hashes. */
function contentSecurity(): Plugin {
  return {
    name: 'orrery-content-security',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
          ([, code]) =>
            `'sha256-${createHash('sha256')
              .update(code ?? '')
              .digest('base64')}'`,
        )
        const policy = [
          "default-src 'self'",
          `script-src 'self' ${hashes.join(' ')}`,
          "style-src 'self'",
          "style-src-attr 'unsafe-inline'",
          "img-src 'self' data:",
          "worker-src 'self'",
          "manifest-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; ')
        return html.replace(
          '<meta charset="utf-8" />',
          `$&\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
        )
      },
    },
  }
}

/** After the first load everything is on this machine. A new version waits until someone asks for it: `panels/offline` does. */
const pwa = VitePWA({
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    name: 'Orrery: a clockwork model of the cloud',
    short_name: 'Orrery',
    description: 'Build systems, wind the clock, break things, and ask why.',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#0f1828',
    theme_color: '#0f1828',
    icons: [
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,woff2,svg,png}'],
    maximumFileSizeToCacheInBytes: 16_000_000,
    inlineWorkboxRuntime: true,
    cleanupOutdatedCaches: true,
    sourcemap: false,
  },
})

export default defineConfig({
  base: './',
  plugins: [readAtBuild(), react(), tailwindcss(), routePreloads(), contentSecurity(), pwa],
  resolve: {
    // Markdown is also read in a worker, where there is no document to look a character's name up with.
    alias: {
      'decode-named-character-reference': fileURLToPath(
        new URL('./node_modules/decode-named-character-reference/index.js', import.meta.url),
      ),
    },
  },
  worker: { format: 'es', plugins: () => [readAtBuild()] },
  build: {
    target: 'es2023',
    manifest: true,
    // Every browser that runs the rest knows module preloads.
    modulePreload: { polyfill: false },
    rollupOptions: {
      // Without it the barrel of `ui` pulls its lazily loaded widgets into the first load.
      treeshake: { moduleSideEffects: (id) => !/[/]src[/]ui[/](?!Gallery)[^?]*[.]tsx?$/.test(id) },
    },
  },
})
