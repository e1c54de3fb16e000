import { useState } from 'react'
import type { LabClient } from '../../host/client.ts'
import { useLab } from '../../host/react.ts'
import { Button, CodeBlock } from '../../ui/index.ts'
import { useWorld } from '../../workspace/index.ts'
import { writeSaveFile } from '../../workspace/saveFile.ts'
import { readShelf } from '../../workspace/shelf.ts'
import { downloadText, fileName } from './worlds/download.ts'
import { exportFile } from './worlds/exportFile.ts'
import { openScene } from './worlds/openScene.ts'

/** Real ms that a world which broke is given to answer. */
const PATIENCE = 4000

/** The world as a file: from the lab, or, when that does not answer, as it was last kept. */
async function save(lab: LabClient): Promise<void> {
  const silent = new Promise<'silent'>((resolve) => setTimeout(() => resolve('silent'), PATIENCE))
  if ((await Promise.race([exportFile(lab), silent])) !== 'silent') return
  const [last] = (await readShelf()).kept
  if (!last) throw new Error('The world does not answer, and none was kept.')
  downloadText(`${fileName(last.title)}.orrery.json`, writeSaveFile(last.title, last.save))
}

/** Our own failure: what broke, the world as a file that shows it again, and a way to go on. */
export function CrashPanel({ message }: { message: string }) {
  const lab = useLab()
  const scene = useWorld((world) => world.scene)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const restart = () => {
    setTrouble(undefined)
    // A worker that never came up answers nothing: then only a reload helps.
    const dead = setTimeout(() => location.reload(), PATIENCE)
    openScene(lab, scene ?? 'three-nodes')
      .finally(() => clearTimeout(dead))
      .catch((error: unknown) => {
        setTrouble(`It does not start either: ${error instanceof Error ? error.message : String(error)}`)
      })
  }
  return (
    <div className="wb-crash" role="alertdialog" aria-modal="true" aria-labelledby="crash-title">
      <div className="pop max-h-full w-[min(640px,100%)] overflow-auto rounded-12 p-5">
        <h2 id="crash-title" className="m-0 mb-1 font-strong text-20">
          Orrery itself broke
        </h2>
        <p className="sub m-0 mb-3">
          This is our mistake and not something in your world. Time stands still; the file below holds the seed and
          every command, so whoever opens it sees the same.
        </p>
        <CodeBlock label="What broke" code={message.split('\n').slice(0, 8).join('\n')} />
        {trouble === undefined ? null : <p className="mt-2 mb-0 text-12 text-err">{trouble}</p>}
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => void save(lab).catch((error: unknown) => setTrouble(String(error)))}>
            Save the world as a file
          </Button>
          <Button tone="primary" onClick={restart}>
            Start anew
          </Button>
        </div>
      </div>
    </div>
  )
}
