import { useEffect, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import { Button, Dialog } from '../../../ui/index.ts'
import { useWorld } from '../../../workspace/index.ts'
import { discard, type Kept, keptInMemoryOnly, readShelf } from '../../../workspace/shelf.ts'
import { clockText } from '../../timeline/index.ts'
import { chooseFile } from '../worlds/chooseFile.ts'
import { openKept } from '../worlds/resume.ts'

/** The worlds that this browser keeps, newest first. */
export function Saves({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const lab = useLab()
  const present = useWorld((world) => world.kept)
  const [kept, setKept] = useState<readonly Kept[]>([])
  const look = () => void readShelf().then((shelf) => setKept(shelf.kept))
  useEffect(() => {
    if (open) look()
  }, [open])
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Earlier worlds"
      description={
        keptInMemoryOnly()
          ? 'This browser keeps nothing: these live as long as the tab.'
          : 'The last ten, kept in this browser and nowhere else.'
      }
      width={560}
      actions={
        <Button
          onClick={() => {
            onOpenChange(false)
            chooseFile(lab)
          }}
        >
          Import a file…
        </Button>
      }
    >
      {kept.length === 0 ? <p className="sub m-0">None yet.</p> : null}
      <ul className="m-0 grid list-none gap-2 p-0">
        {kept.map((one) => (
          <li key={one.id} className="fix">
            <span className="min-w-0 flex-1">
              <b>{one.title}</b>
              <small>
                {`${new Date(one.when).toLocaleString()}, at ${clockText(one.save.at)}${one.id === present ? ', open now' : ''}`}
              </small>
            </span>
            <Button
              size="sm"
              tone="ghost"
              aria-label={`Forget ${one.title}`}
              onClick={() => void discard(one.id).then(look)}
            >
              Forget
            </Button>
            <Button
              size="sm"
              aria-label={`Open ${one.title}`}
              disabled={one.id === present}
              onClick={() => {
                onOpenChange(false)
                void openKept(lab, one)
              }}
            >
              Open
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
