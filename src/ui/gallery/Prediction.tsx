import { useState } from 'react'
import { Button, ChoiceList, FixRow, Gate, Section, Segmented } from '../index.ts'
import { Box } from './Box.tsx'

/** A gate before and after the run, and edits to try. */
export function Prediction() {
  const [pick, setPick] = useState<'a1' | 'a2' | 'b1' | undefined>('a1')
  const [sure, setSure] = useState<'guess' | 'likely' | 'certain'>('likely')
  return (
    <Box label="Prediction">
      <div className="grid gap-3 p-3">
        <Gate held="world held at 14:02.3">
          <ChoiceList
            question={
              <>
                In 6.4 s <code className="mono">k6ncs</code> is gone. Where does <code className="mono">q7wzl</code>{' '}
                land?
              </>
            }
            value={pick}
            onChange={setPick}
            options={[
              { id: 'a1', label: 'node-a1' },
              { id: 'a2', label: 'node-a2' },
              { id: 'b1', label: 'Nowhere: it stays Pending' },
            ]}
          />
          <div className="my-3 flex items-center justify-between gap-2">
            <span className="sub">How sure?</span>
            <Segmented
              label="How sure?"
              value={sure}
              onChange={setSure}
              options={[
                { id: 'guess', label: 'Guess' },
                { id: 'likely', label: 'Likely' },
                { id: 'certain', label: 'Certain' },
              ]}
            />
          </div>
          <Button tone="primary" keys="Enter" className="w-full">
            Commit and run
          </Button>
        </Gate>
        <ChoiceList
          question="Where did it land?"
          locked
          value="b1"
          onChange={() => {}}
          options={[
            { id: 'a1', label: 'node-a1', status: 'ok', word: 'fits: 600m free' },
            { id: 'a2', label: 'node-a2', note: 'taint dedicated=batch' },
            { id: 'b1', label: 'Nowhere: it stays Pending', status: 'err', word: 'your answer' },
          ]}
        />
      </div>
      <Section title="What would fix it?" note="each tried on a fork">
        <div className="grid gap-1.5">
          <FixRow edit="Ask for 300m CPU" outcome="lands on node-a1 · starts revision 3" />
          <FixRow edit="Do nothing" locked="shown after you commit your prediction" />
        </div>
      </Section>
    </Box>
  )
}
