import { Slider as Base } from '@base-ui/react/slider'

/** A number on a scale: drag, arrows, Page keys, Home and End. `say` turns the number into words, which are both shown and read out. */
export function Slider({
  label,
  value,
  min = 0,
  max,
  step = 1,
  say = String,
  onChange,
  onCommit,
  hideLabel,
}: SliderProps) {
  return (
    <Base.Root
      className="field"
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={(next) => onChange(next as number)}
      onValueCommitted={(next) => onCommit?.(next as number)}
    >
      <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between'}>
        <Base.Label className="field-label">{label}</Base.Label>
        <span className="num text-12" aria-hidden="true">
          {say(value)}
        </span>
      </div>
      <Base.Control className="slider-control">
        <Base.Track className="slider-track">
          <Base.Indicator className="slider-fill" />
          <Base.Thumb className="slider-thumb" getAriaValueText={(_, now) => say(now)} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}

export interface SliderProps {
  label: string
  value: number
  min?: number | undefined
  max: number
  step?: number | undefined
  say?: ((value: number) => string) | undefined
  onChange: (value: number) => void
  /** Called once when the hand lets go: for what is too dear to do on every move. */
  onCommit?: ((value: number) => void) | undefined
  hideLabel?: boolean | undefined
}
