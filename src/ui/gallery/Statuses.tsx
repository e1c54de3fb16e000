import { Badge, Chip, Meter, Section, type Status, statuses } from '../index.ts'
import { Box } from './Box.tsx'

/** Badges, chips and meters: every status in every dress. */
export function Statuses() {
  return (
    <Box label="Statuses">
      <Section title="Badges" note="glyph, border, word">
        <div className="flex flex-wrap gap-2">
          {all.map((status, index) => (
            <Badge key={status} status={status}>
              {words[index]}
            </Badge>
          ))}
        </div>
        <div className="mt-2 flex flex-wrap gap-2">
          {all.map((status) => (
            <Badge key={status} status={status} small />
          ))}
        </div>
      </Section>
      <Section title="Chips" note="quiet when well">
        <div className="grid grid-cols-2 gap-2">
          <Chip status="ok" owner="web" tail="z5gkb" figures="40/s · 250m" revision="old" onClick={() => {}} />
          <Chip status="ok" owner="web" tail="x2k9p" figures="40/s · 400m" revision="new" onClick={() => {}} />
          <Chip
            status="idle"
            owner="web"
            tail="k6ncs"
            figures="250m"
            word="Terminating"
            waits="6.4 s left"
            revision="old"
          />
          <Chip
            status="prog"
            owner="web"
            tail="m4tvd"
            figures="400m"
            word="Not ready"
            waits="probe 1 of 3 ok"
            revision="new"
          />
          <Chip status="err" owner="cart" tail="t4xwm" figures="300m" word="CrashLoopBackOff" waits="11 s" />
          <Chip status="warn" owner="pay" tail="9hq2l" figures="100m" word="Degraded" waits="memory 94%" />
          <Chip status="pend" owner="web" tail="q7wzl" revision="new" selected onClick={() => {}} />
          <Chip status="ok" tail="pg-0" figures="600m" />
        </div>
      </Section>
      <Section title="Meters" note="requested, used inside">
        <div className="grid gap-1">
          <Meter label="CPU" capacity={2000} requested={1700} used={820} text="1.70 of 2" />
          <Meter label="Mem" capacity={4096} requested={1945} used={1100} text="1.9 of 4 Gi" />
        </div>
      </Section>
    </Box>
  )
}

const all = Object.keys(statuses) as Status[]
const words = ['Healthy', 'Rolling', 'payments', '0 of 1 up', 'Pending', 'Unknown']
