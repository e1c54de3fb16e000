import { Dialog, Segmented, Switch, type ThemeChoice, useReducedMotion, useTheme } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'

/** The few things that are a matter of taste. Orrery makes no sound, so there is nothing to turn off. */
export function Settings({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { choice, choose } = useTheme()
  const still = useReducedMotion()
  const traffic = useLayout((layout) => layout.traffic)
  const setTraffic = useLayout((layout) => layout.setTraffic)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Settings">
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-medium">Theme</span>
          <Segmented<ThemeChoice> label="Theme" options={themes} value={choice} onChange={choose} />
        </div>
        <Switch label="Show requests on their way" checked={traffic} onChange={setTraffic} />
        <p className="sub m-0">
          {still
            ? 'Motion: your system asks for less, so nothing flies, wheels stand still and rings jump once a second.'
            : 'Motion: things move only when something happens. Ask your system for reduced motion to have less.'}
        </p>
        <p className="sub m-0">Sound: Orrery makes none.</p>
      </div>
    </Dialog>
  )
}

const themes = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const
