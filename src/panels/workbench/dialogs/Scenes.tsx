import { useState } from 'react'
import { useLocation } from 'wouter'
import { Dialog } from '../../../ui/index.ts'
import { offered } from '../../home/scenes.ts'

/** Ready-made scenes. Opening one leaves the present world on the shelf. */
export function Scenes({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [, navigate] = useLocation()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Open a scene"
      description="Each is a few command lines. Your present world is kept under “Open an earlier world”."
      width={560}
    >
      <ul className="m-0 grid list-none gap-2 p-0">
        {offered.map(({ name, title, says }) => (
          <li key={name}>
            <button
              type="button"
              className="fix"
              disabled={chosen !== undefined}
              onClick={() => {
                setChosen(name)
                onOpenChange(false)
                navigate(`/lab/${name}`)
              }}
            >
              <span className="min-w-0">
                <b>{title}</b>
                <small>{says}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
