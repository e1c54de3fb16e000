import { Dialog, Kbd, Segmented, Switch, type ThemeChoice, useTheme } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'
import { useTaste } from '../../workspace/taste.ts'

/** The few things that are a matter of taste or of need. Orrery makes no sound, so there is nothing to turn off. */
export function Settings({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { choice, choose } = useTheme()
  const taste = useTaste()
  const traffic = useLayout((layout) => layout.traffic)
  const setTraffic = useLayout((layout) => layout.setTraffic)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Settings">
      <div className="grid grid-cols-1 gap-5">
        <Line label="Theme">
          <Segmented<ThemeChoice> label="Theme" options={themes} value={choice} onChange={choose} />
        </Line>
        <Line label="Text">
          <Segmented
            label="Size of text"
            options={sizes}
            value={String(taste.text)}
            onChange={(id) => taste.choose({ text: Number(id) })}
          />
        </Line>
        <Line label="Contrast">
          <Segmented
            label="Contrast"
            options={contrasts}
            value={taste.contrast}
            onChange={(contrast) => taste.choose({ contrast })}
          />
        </Line>
        <Line label="Motion">
          <Segmented
            label="Motion"
            options={motions}
            value={taste.motion}
            onChange={(motion) => taste.choose({ motion })}
          />
        </Line>
        <Line label="A new world runs at">
          <Segmented
            label="Speed of a new world"
            options={speeds}
            value={String(taste.speed)}
            onChange={(id) => taste.choose({ speed: Number(id) })}
          />
        </Line>
        <Switch label="Show requests on their way" checked={traffic} onChange={setTraffic} />
        <p className="sub m-0">
          With less motion nothing flies, wheels stand still and rings jump once a second. Sound: Orrery makes none.
        </p>
        <p className="sub m-0">
          The canvas has its own zoom: <Kbd keys="+" /> and <Kbd keys="-" /> on it.
        </p>
      </div>
    </Dialog>
  )
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span className="font-medium">{label}</span>
      {children}
    </div>
  )
}

const themes = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const

const sizes = [100, 125, 150, 175, 200].map((size) => ({ id: String(size), label: `${size}%` }))

const contrasts = [
  { id: 'system', label: 'System' },
  { id: 'high', label: 'High' },
] as const

const motions = [
  { id: 'system', label: 'System' },
  { id: 'less', label: 'Less' },
] as const

const speeds = [
  { id: '0.5', label: '0.5×' },
  { id: '1', label: '1×' },
  { id: '4', label: '4×' },
] as const
