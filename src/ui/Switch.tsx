import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'

/** On or off, at once. The whole line is the target; the knob's place and the word carry it, not the colour. */
export function Switch({ label, hint, checked, onChange, disabled }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI's switch puts its own checkbox inside
    <label className="flex min-h-6 cursor-pointer items-center gap-3 pointer-coarse:min-h-11">
      <span className="min-w-0 flex-1">
        <span className="block">{label}</span>
        {hint ? <span className="micro block">{hint}</span> : null}
      </span>
      <Base.Root
        className="switch"
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled ?? false}
      >
        <Base.Thumb render={<i />} />
      </Base.Root>
    </label>
  )
}

export interface SwitchProps {
  label: ReactNode
  hint?: ReactNode | undefined
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean | undefined
}
