import { useState } from 'react'
import {
  Badge,
  CodeBlock,
  DataTable,
  Link,
  Pictogram,
  Section,
  Tabs,
  Verdict,
  Well,
  WhyChain,
  WhyLine,
} from '../index.ts'
import { Box } from './Box.tsx'

/** A Why tab as the inspector shows it, with the tool's words, the chain and the table. */
export function Inspector() {
  const [tab, setTab] = useState<'why' | 'state' | 'yaml' | 'events' | 'metrics'>('why')
  const why = (
    <>
      <Section title="Why is it Pending?" note="13:38.9">
        <Well
          status="pend"
          label="kube-scheduler says"
          limit={150}
          text="0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: batch}, 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod."
        />
        <div className="h-3" />
        <WhyChain label="Why is it Pending?">
          <WhyLine time="13:38.9">
            The <Link onClick={() => {}}>scheduler</Link> tried 3 nodes and declined all:{' '}
            <Link onClick={() => {}}>q7wzl</Link> asks for 400m CPU.
          </WhyLine>
          <WhyLine time="13:38.7">
            <Link onClick={() => {}}>x2k9p</Link> became Ready, so <Link onClick={() => {}}>Deployment web</Link> scaled{' '}
            <Link onClick={() => {}}>7f9c5d6b4</Link> from 2 to 3.
          </WhyLine>
          <WhyLine time="13:21.0" root="command">
            You ran{' '}
            <Link mono onClick={() => {}}>
              kubectl apply -f web.yaml
            </Link>
            : CPU request 250m became 400m.
          </WhyLine>
        </WhyChain>
      </Section>
      <Section title="Why not here?" note="2 rules, in order">
        <DataTable
          caption="What each rule said of each node"
          rows={nodes}
          rowKey={(row) => row.node}
          columns={[
            {
              id: 'node',
              header: 'Node',
              cell: (row) => <Link onClick={() => {}}>{row.node}</Link>,
              sort: (row) => row.node,
            },
            {
              id: 'taint',
              header: 'TaintToleration',
              cell: (row) =>
                row.taint === 'ok' ? <Verdict status="ok" /> : <Verdict status="err">{row.taint}</Verdict>,
            },
            {
              id: 'fit',
              header: 'NodeResourcesFit',
              cell: (row) =>
                row.fit ? <Verdict status="err">{row.fit}</Verdict> : <span className="text-muted">not asked</span>,
            },
            { id: 'free', header: 'Free', right: true, cell: (row) => `${row.free}m`, sort: (row) => row.free },
          ]}
        />
      </Section>
    </>
  )
  return (
    <Box label="Inspector">
      <div className="flex items-center gap-2 px-3.5 pt-3">
        <Pictogram name="Pod" />
        <code className="mono min-w-0 flex-1 truncate font-strong">web-7f9c5d6b4-q7wzl</code>
        <Badge status="pend" />
      </div>
      <Tabs
        label="Inspector"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'why', label: 'Why', content: why },
          { id: 'state', label: 'State', content: <Section title="State">Here the machine is drawn.</Section> },
          {
            id: 'yaml',
            label: 'YAML',
            content: (
              <div className="p-3.5">
                <CodeBlock
                  label="pod.yaml"
                  numbers
                  marked={[3]}
                  code={'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n'}
                />
              </div>
            ),
          },
          { id: 'events', label: 'Events', count: 2, content: <Section title="Events">Two.</Section> },
          { id: 'metrics', label: 'Metrics', content: <Section title="Metrics">None yet.</Section> },
        ]}
      />
    </Box>
  )
}

const nodes = [
  { node: 'node-a1', taint: 'ok', fit: '100m short', free: 300 },
  { node: 'node-a2', taint: 'dedicated=batch', fit: undefined, free: 1300 },
  { node: 'node-b1', taint: 'ok', fit: '150m short', free: 250 },
]
