import { useEffect, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import { Button, Dialog } from '../../../ui/index.ts'
import { useWorld } from '../../../workspace/index.ts'
import { discard, type Kept, keptInMemoryOnly, readShelf, versionsOf } from '../../../workspace/shelf.ts'
import { clockText } from '../../timeline/index.ts'
import { chooseFile } from '../worlds/chooseFile.ts'
import { newKeptId } from '../worlds/openWorld.ts'
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
      {kept.length === 0 ? (
        <p className="sub m-0">None yet: a world is kept by itself a second after it begins.</p>
      ) : null}
      <ul className="m-0 grid list-none gap-2 p-0">
        {kept.map((one) => (
          <li key={one.id} className="grid gap-1">
            <div className="fix">
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
            </div>
            <Versions of={one} onOpen={() => onOpenChange(false)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Earlier selves of a world, put by every few minutes. One is opened as a world of its own, so that nothing is lost by it. */
function Versions({ of, onOpen }: { of: Kept; onOpen: () => void }) {
  const lab = useLab()
  const [versions, setVersions] = useState<readonly Kept[]>([])
  useEffect(() => {
    void versionsOf(of.id).then((all) => setVersions(all.filter(({ when }) => when !== of.when)))
  }, [of])
  if (versions.length === 0) return null
  return (
    <details className="pl-3 text-12">
      <summary className="min-h-6 pointer-coarse:min-h-11 cursor-pointer text-muted">{`${versions.length} earlier`}</summary>
      <ul className="m-0 grid list-none gap-1 p-0">
        {versions.map((version) => {
          const when = new Date(version.when).toLocaleTimeString()
          return (
            <li key={version.when} className="flex items-center justify-between gap-2">
              <span className="num">{`${when}, at ${clockText(version.save.at)}`}</span>
              <Button
                size="sm"
                tone="ghost"
                aria-label={`Restore ${of.title} as of ${when}`}
                onClick={() => {
                  onOpen()
                  void openKept(lab, { ...version, id: newKeptId(), title: `${of.title}, ${when}` })
                }}
              >
                Restore
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
