import { createHash } from 'node:crypto'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Writes the content security policy into the built page; the one inline script (the theme, before the first paint) is allowed by its hash. */
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
          "worker-src 'self' blob:",
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

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), contentSecurity()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    manifest: true,
    rollupOptions: {
      // Without it the barrel of `ui` pulls its lazily loaded widgets into the first load.
      treeshake: { moduleSideEffects: (id) => !/[/]src[/]ui[/](?!Gallery)[^?]*[.]tsx?$/.test(id) },
    },
  },
})
