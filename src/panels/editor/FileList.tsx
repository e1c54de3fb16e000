import FilePlus from 'lucide-react/icons/file-plus'
import Upload from 'lucide-react/icons/upload'
import { useRef, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { FileEntry } from '../../host/views/index.ts'
import { IconButton, Pictogram, toast } from '../../ui/index.ts'
import { useEditing } from '../../workspace/index.ts'
import { uploadFile } from '../workbench/worlds/dropFiles.ts'
import { openFile } from './openFile.ts'

const HOME = '/home/learner'

/** The files of a session's home. */
export function FileList({ session }: { session: string }) {
  const lab = useLab()
  const files = useView<readonly FileEntry[]>('files', { session, under: HOME }) ?? []
  const active = useEditing((editing) => editing.active)
  const [naming, setNaming] = useState<string | undefined>(undefined)
  const chooser = useRef<HTMLInputElement>(null)
  const open = async (path: string) => {
    const text = (await lab.ask('file', { session, path })) as string | null
    if (text === null) toast({ status: 'warn', text: `${path} is gone.` })
    else openFile(path, text)
  }
  const upload = async (list: FileList | null) => {
    for (const file of list ?? []) {
      const path = await uploadFile(lab, file, 'editor')
      if (path !== undefined) openFile(path, await file.text())
    }
  }
  return (
    <nav aria-label="Files" className="ed-files">
      <div className="flex items-center gap-1 px-2 py-1">
        <span className="micro flex-1">~</span>
        <IconButton small label="New file" onClick={() => setNaming('')}>
          <FilePlus size={14} aria-hidden="true" />
        </IconButton>
        <IconButton small label="Upload" onClick={() => chooser.current?.click()}>
          <Upload size={14} aria-hidden="true" />
        </IconButton>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label="Upload files"
          onChange={(event) => void upload(event.currentTarget.files)}
        />
      </div>
      {naming === undefined ? null : (
        <form
          className="px-2 pb-1"
          onSubmit={(event) => {
            event.preventDefault()
            const name = naming.trim()
            setNaming(undefined)
            if (/^[\w./-]+$/.test(name)) openFile(name, '')
            else if (name !== '')
              toast({ status: 'warn', text: 'A file name here is letters, digits, dots, dashes and slashes.' })
          }}
        >
          <input
            // biome-ignore lint/a11y/noAutofocus: the field was asked for by the button above it
            autoFocus
            className="input mono text-12"
            aria-label="Name of the new file"
            placeholder="name.yaml"
            value={naming}
            onChange={(event) => setNaming(event.currentTarget.value)}
            onBlur={() => setNaming(undefined)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setNaming(undefined)
            }}
          />
        </form>
      )}
      <ul className="m-0 list-none p-0">
        {files.map(({ path, dir }) => {
          const shown = path.slice(HOME.length + 1)
          const depth = shown.split('/').length - 1
          const name = shown.slice(shown.lastIndexOf('/') + 1)
          return (
            <li key={path}>
              {dir ? (
                <span className="ed-file text-muted" style={{ paddingLeft: 8 + depth * 12 }}>
                  <Pictogram name="folder" size={13} />
                  {name}
                </span>
              ) : (
                <button
                  type="button"
                  className="ed-file"
                  aria-current={path === active ? 'true' : undefined}
                  style={{ paddingLeft: 8 + depth * 12 }}
                  onClick={() => void open(path)}
                >
                  <Pictogram name="file" size={13} className="text-muted" />
                  {name}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {files.length === 0 ? <p className="micro m-0 px-2">No files yet.</p> : null}
    </nav>
  )
}
