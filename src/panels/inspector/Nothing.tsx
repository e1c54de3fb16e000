import X from 'lucide-react/icons/x'
import { useLab, useView } from '../../host/react.ts'
import type { Scene } from '../../host/views/index.ts'
import { EmptyState, IconButton, Pictogram } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'

/** The inspector without a selection, or after what was selected has ceased to exist: one thing to do about it. */
export function Nothing({ gone, onClose }: { gone?: string | undefined; onClose?: (() => void) | undefined }) {
  const lab = useLab()
  const scene = useView<Scene>('scene')
  const select = useSelection((selection) => selection.select)
  const worst =
    scene?.nodes.find(({ look }) => look.tone === 'err') ?? scene?.nodes.find(({ look }) => look.tone === 'pend')
  const any = worst ?? scene?.nodes.find(({ shape }) => shape === 'card' || shape === 'chip') ?? scene?.nodes[0]
  return (
    <div className="relative grid h-full place-items-center bg-panel">
      {onClose ? (
        <IconButton label="Close" className="absolute! top-2 right-2" onClick={onClose}>
          <X size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      ) : null}
      {gone === undefined ? (
        <EmptyState
          picture={<Pictogram name="thing" size={20} />}
          title="Nothing is selected"
          text="Select a thing on the canvas, in the outline or in the terminal, and ask why it is as it is."
          action={
            any
              ? { label: `Look at ${any.name}`, run: () => select(any.id) }
              : { label: 'Run the world', run: () => void lab.play() }
          }
        />
      ) : (
        <EmptyState
          picture={<Pictogram name="thing" size={20} />}
          title={`${gone.slice(gone.lastIndexOf('/') + 1)} does not exist now`}
          text="It has been removed, or had not been made yet. Its past is on the timeline."
          action={{ label: 'Go back one event', run: () => void lab.step(-1) }}
        />
      )}
    </div>
  )
}
