import { useEffect, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import type { ExportedFile } from '../../../host/views/index.ts'
import { announce, Button, CodeBlock, classes, Dialog, EmptyState, toast } from '../../../ui/index.ts'
import { useDialogs, useWorld } from '../../../workspace/index.ts'
import { fileName } from '../worlds/download.ts'

/** What was built, as files that run on the real thing: to be looked at, copied, taken away as a zip, and brought back as a folder. */
export function TakeLive({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const lab = useLab()
  const title = useWorld((world) => world.title)
  const [files, setFiles] = useState<readonly ExportedFile[]>()
  const [shown, setShown] = useState('README.md')
  useEffect(() => {
    if (!open) return
    setFiles(undefined)
    lab.ask('live').then(
      (found) => setFiles(found as readonly ExportedFile[]),
      () => setFiles([]),
    )
  }, [open, lab])
  const file = files?.find(({ path }) => path === shown) ?? files?.[0]
  const copy = () =>
    void navigator.clipboard?.writeText(file?.text ?? '').then(() => announce(`${file?.path ?? ''} is copied`))
  const save = () => {
    void import('../worlds/liveZip.ts').then(({ downloadZip }) => {
      downloadZip(fileName(title), files ?? [])
      toast({ status: 'ok', text: `${fileName(title)}.zip has ${files?.length ?? 0} files.` })
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width={900}
      title="Take it live"
      description="What was built here, as files for the real tools. A zip of them, dropped on the canvas of an empty world, builds it again."
      actions={
        <>
          <Button onClick={() => chooseFolder((given) => void bringBack(lab, given, () => onOpenChange(false)))}>
            Bring a folder back…
          </Button>
          <Button onClick={copy} disabled={!file}>
            Copy the file
          </Button>
          <Button tone="primary" onClick={save} disabled={!file}>
            Download as a zip
          </Button>
        </>
      }
    >
      {files?.length === 0 ? (
        <EmptyState
          title="Nothing was built yet that the real thing could run"
          action={{ label: 'Start from a template', run: () => useDialogs.getState().show('templates') }}
        />
      ) : (
        <div
          className="grid min-h-0 grid-cols-1 gap-3 sm:grid-cols-[240px_minmax(0,1fr)]"
          aria-busy={files === undefined}
        >
          <FileTree files={files ?? []} shown={file?.path} onShow={setShown} />
          {file ? (
            <div className="max-h-[52vh] min-w-0 overflow-auto">
              <CodeBlock label={file.path} code={file.text} numbers />
            </div>
          ) : null}
        </div>
      )}
    </Dialog>
  )
}

/** Files below their folders; arrows walk, as in any list. */
function FileTree({
  files,
  shown,
  onShow,
}: {
  files: readonly ExportedFile[]
  shown: string | undefined
  onShow: (path: string) => void
}) {
  const folders = new Map<string, ExportedFile[]>()
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  return (
    <nav
      aria-label="Files"
      className="max-h-[52vh] max-sm:max-h-[26vh] overflow-auto rounded-8 border border-line py-1"
    >
      {[...folders].map(([folder, inside]) => (
        <section key={folder} aria-label={folder === '' ? 'This folder' : folder}>
          {folder === '' ? null : <div className="mono px-3 pt-2 pb-0.5 text-11 text-muted">{folder}/</div>}
          {inside.map(({ path }) => (
            <button
              key={path}
              type="button"
              aria-current={path === shown}
              className={classes(
                'mono block min-h-6 pointer-coarse:min-h-11 w-full truncate px-3 py-1 text-left text-12 hover:bg-hover',
                folder !== '' && 'pl-6',
                path === shown && 'bg-raised font-strong',
              )}
              onClick={() => onShow(path)}
            >
              {path.slice(path.lastIndexOf('/') + 1)}
            </button>
          ))}
        </section>
      ))}
    </nav>
  )
}

/** Asks for a folder. */
function chooseFolder(then: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    if (files.length > 0) then(files)
  })
  input.click()
}

async function bringBack(lab: ReturnType<typeof useLab>, given: readonly File[], done: () => void): Promise<void> {
  const { importLive } = await import('../worlds/importLive.ts')
  const texts = given
    .filter(({ size, webkitRelativePath }) => size < 1_000_000 && !/\/\.git\//.test(webkitRelativePath))
    .map(async (file) => ({ path: file.webkitRelativePath, text: await file.text() }))
  if (await importLive(lab, await Promise.all(texts))) done()
}
