import { useState } from 'react'
import { KeyValue, Section, Slider, Switch, TextField } from '../index.ts'
import { Box } from './Box.tsx'

/** Fields, sliders, switches, keys and values. */
export function Fields() {
  const [name, setName] = useState('Web_1')
  const [speed, setSpeed] = useState(10)
  const [on, setOn] = useState(true)
  const [off, setOff] = useState(false)
  return (
    <Box label="Fields">
      <Section title="Fields">
        <div className="grid gap-3">
          <TextField
            label="Name"
            mono
            value={name}
            onChange={setName}
            error={
              /^[a-z0-9-]+$/.test(name)
                ? undefined
                : 'a lowercase RFC 1123 label must consist of lower case alphanumeric characters'
            }
          />
          <TextField label="Filter" hint="Any part of a name." placeholder="web" value="" onChange={() => {}} />
          <Slider label="Speed" value={speed} min={1} max={60} say={(value) => `${value} times`} onChange={setSpeed} />
          <Switch label="Show control edges" hint="drawn only on demand" checked={on} onChange={setOn} />
          <Switch label="Chaos" checked={off} onChange={setOff} />
        </div>
      </Section>
      <Section title="Key and value">
        <KeyValue
          entries={[
            [
              'image',
              <code key="i" className="mono">
                shop/cart:0.9.1
              </code>,
            ],
            ['last exit', 'code 1, Error, after 3.0 s'],
            ['asks for', '300m CPU, 256 Mi, held while it waits'],
          ]}
        />
      </Section>
    </Box>
  )
}
