import HelpCircle from 'lucide-react/icons/circle-question-mark'
import Play from 'lucide-react/icons/play'
import Share from 'lucide-react/icons/share'
import Sun from 'lucide-react/icons/sun'
import Zap from 'lucide-react/icons/zap'
import { type ReactNode, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles.css'
import {
  Badge,
  Button,
  Chip,
  CodeBlock,
  CommandPalette,
  ContextMenu,
  DataTable,
  Dialog,
  EmptyState,
  Escapement,
  EventMark,
  type EventMarkName,
  IconButton,
  Kbd,
  KeyValue,
  Link,
  LiveRegion,
  Mark,
  Menu,
  Meter,
  Movement,
  type MovementPart,
  movementNames,
  Panel,
  Pictogram,
  Section,
  Segmented,
  Sheet,
  Slider,
  Sparkline,
  SplitPane,
  Sprite,
  type Status,
  Switch,
  statuses,
  Tabs,
  TextField,
  TimerRing,
  Toasts,
  TooltipProvider,
  toast,
  Verdict,
  Well,
  WhyChain,
  WhyLine,
} from './index.ts'
import { pictogramPaths } from './pictogramPaths.ts'

/** Every piece of the kit in both themes, for the eye and for axe: `npx vite --port 5199`, then /gallery.html. Not part of the product. */
export function Gallery() {
  const only = new URLSearchParams(location.search).get('theme')
  return (
    <TooltipProvider>
      <Sprite />
      <main className={only ? 'grid' : 'grid grid-cols-1 xl:grid-cols-2'}>
        {(['dark', 'light'] as const)
          .filter((theme) => !only || only === theme)
          .map((theme) => (
            <Theme key={theme} theme={theme} />
          ))}
      </main>
      <Toasts />
      <LiveRegion />
    </TooltipProvider>
  )
}

const all = Object.keys(statuses) as Status[]
const parts = Object.keys(movementNames) as MovementPart[]
const words = ['Healthy', 'Rolling', 'payments', '0 of 1 up', 'Pending', 'Unknown']
const kinds = Object.keys(pictogramPaths)
const marks: [EventMarkName, string, Status?][] = [
  ['prompt', 'command'],
  ['diamond', 'deploy'],
  ['circle', 'state', 'err'],
  ['triangle', 'alert', 'warn'],
  ['bolt', 'fault', 'err'],
  ['due', 'due'],
]

function Theme({ theme }: { theme: 'dark' | 'light' }) {
  return (
    <div data-theme={theme} className="bg-canvas p-5 text-text">
      <h2 className="mb-4 flex items-center gap-2 font-strong text-20">
        <Mark size={28} label="Orrery" /> Orrery, {theme}
      </h2>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <div className="grid content-start gap-4">
          <Statuses />
          <Controls />
          <Clockwork />
          <Pictures />
        </div>
        <div className="grid content-start gap-4">
          <Inspector />
          <Fields />
          <Floating />
          <Rest />
        </div>
      </div>
    </div>
  )
}

function Box({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Panel label={label} className="rounded-8 border border-line-strong shadow-1">
      {children}
    </Panel>
  )
}

function Statuses() {
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

function Controls() {
  const [mode, setMode] = useState<'study' | 'build' | 'present' | 'quiz'>('study')
  const [sure, setSure] = useState<'guess' | 'likely' | 'certain'>('likely')
  return (
    <Box label="Controls">
      <Section title="Buttons">
        <div className="flex flex-wrap items-center gap-2">
          <Button tone="primary" keys="Enter">
            Commit and run
          </Button>
          <Button icon={<Play size={14} aria-hidden="true" />}>Run until it rings</Button>
          <Button tone="ghost">Step 3</Button>
          <Button tone="danger" icon={<Zap size={14} aria-hidden="true" />}>
            Delete pod
          </Button>
          <Button disabled>Not yet</Button>
          <Button size="sm">Try it</Button>
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button tone="primary" size="xl" icon={<Zap size={18} aria-hidden="true" />}>
            Kill a pod yourself
          </Button>
          <IconButton label="Share this moment">
            <Share size={16} strokeWidth={1.75} />
          </IconButton>
          <IconButton label="Theme" pressed>
            <Sun size={16} strokeWidth={1.75} />
          </IconButton>
          <IconButton label="Keys and help" keys="?">
            <HelpCircle size={16} strokeWidth={1.75} />
          </IconButton>
          <Kbd keys="Ctrl K" /> <Kbd keys="Space" />
          <Link onClick={() => {}}>web-7f9c5d6b4</Link>
          <Link mono href="#x">
            kubectl apply -f web.yaml
          </Link>
        </div>
      </Section>
      <Section title="Segmented">
        <div className="flex flex-wrap gap-3">
          <Segmented
            label="Layout"
            value={mode}
            onChange={setMode}
            options={[
              { id: 'study', label: 'Study' },
              { id: 'build', label: 'Build' },
              { id: 'present', label: 'Present' },
              { id: 'quiz', label: 'Quiz' },
            ]}
          />
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
      </Section>
    </Box>
  )
}

function Clockwork() {
  const [beat, setBeat] = useState(0)
  const [playing, setPlaying] = useState(true)
  return (
    <Box label="Clockwork">
      <Section title="Movement" note={<Link onClick={() => setBeat(beat + 1)}>one beat</Link>}>
        <div className="flex flex-wrap gap-x-5 gap-y-3">
          {parts.map((part, index) => (
            <div key={part} className="flex items-center gap-2">
              <Movement part={part} beat={beat} {...(all[index] ? { status: all[index] } : {})} />
              <div>
                <b className="block text-12">{movementNames[part]}</b>
                <span className="micro block">beat {beat}</span>
              </div>
            </div>
          ))}
        </div>
      </Section>
      <Section title="Escapement and timers">
        <div className="flex flex-wrap items-center gap-4">
          <Escapement playing={playing} beat={beat} onToggle={() => setPlaying(!playing)} />
          <Escapement playing={false} held="held by the gate" onToggle={() => {}} />
          <TimerRing label="crashBackOff" left={11_000} of={20_000} text="11.0" total="of 20 s" status="err" />
          <TimerRing label="canary" left={168} of={300} text="2:48" total="of 5:00 left" size={104} status="prog" />
          <TimerRing label="grace" left={6400} of={30_000} text="6.4 s" size={16} />
        </div>
      </Section>
      <Section title="Marks">
        <div className="flex flex-wrap gap-4">
          {marks.map(([name, word, status]) => (
            <span key={name} className="sub inline-flex items-center gap-1.5">
              <EventMark name={name} {...(status ? { status } : {})} />
              {word}
            </span>
          ))}
        </div>
      </Section>
    </Box>
  )
}

function Pictures() {
  return (
    <Box label="Pictograms">
      <Section title="Pictograms" note={`${kinds.length} drawn`}>
        <div className="grid grid-cols-4 gap-x-3 gap-y-2.5">
          {kinds.map((kind) => (
            <span key={kind} className="micro inline-flex items-center gap-2 truncate">
              <Pictogram name={kind} size={20} className="text-text" />
              {kind}
            </span>
          ))}
        </div>
      </Section>
    </Box>
  )
}

const nodes = [
  { node: 'node-a1', taint: 'ok', fit: '100m short', free: 300 },
  { node: 'node-a2', taint: 'dedicated=batch', fit: undefined, free: 1300 },
  { node: 'node-b1', taint: 'ok', fit: '150m short', free: 250 },
]

function Inspector() {
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

function Fields() {
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

function Floating() {
  const [dialog, setDialog] = useState(false)
  const [sheet, setSheet] = useState(false)
  const [finder, setFinder] = useState(false)
  const groups = [
    {
      id: 'do',
      label: 'Pod',
      entries: [
        { id: 'why', label: 'Why?', keys: 'W', run: () => {} },
        { id: 'logs', label: 'Logs', refused: 'not started yet' },
        { id: 'edges', label: 'Control edges', checked: true, run: () => {} },
        {
          id: 'more',
          label: 'Break it',
          groups: [{ id: 'f', entries: [{ id: 'kill', label: 'Kill the process', run: () => {} }] }],
        },
      ],
    },
    { id: 'end', entries: [{ id: 'delete', label: 'Delete pod', danger: true, keys: 'Del', run: () => {} }] },
  ]
  return (
    <Box label="Floating">
      <Section title="Floating things">
        <div className="flex flex-wrap gap-2">
          <Menu trigger={<Button>Menu</Button>} groups={groups} />
          <ContextMenu groups={groups}>
            <div className="grid min-h-8 place-items-center rounded-6 border border-line-strong border-dashed px-3 text-muted">
              right click here
            </div>
          </ContextMenu>
          <Button onClick={() => setDialog(true)}>Dialog</Button>
          <Button onClick={() => setSheet(true)}>Sheet</Button>
          <Button onClick={() => setFinder(true)} keys="Ctrl K">
            Palette
          </Button>
          <Button
            onClick={() =>
              toast({ text: 'node-b1 stopped answering.', status: 'err', action: { label: 'Why?', run: () => {} } })
            }
          >
            Toast
          </Button>
        </div>
        <Dialog
          open={dialog}
          onOpenChange={setDialog}
          title="Share this moment"
          description="A link carries the seed and the history."
          actions={
            <>
              <Button onClick={() => setDialog(false)}>Cancel</Button>
              <Button tone="primary">Copy link</Button>
            </>
          }
        >
          It replays exactly, on any machine.
        </Dialog>
        <Sheet open={sheet} onOpenChange={setSheet} title="Lesson" side="left">
          <Section title="A rollout with no room">Ship web 1.5.0.</Section>
        </Sheet>
        <CommandPalette
          open={finder}
          onOpenChange={setFinder}
          commands={[
            { id: 'play', title: 'Play or pause', group: 'Time', keys: 'Space', run: () => {} },
            { id: 'next', title: 'Next event', group: 'Time', keys: '.', run: () => {} },
            { id: 'web', title: 'Deployment web', group: 'Things', run: () => {} },
            { id: 'q7', title: 'Pod web-7f9c5d6b4-q7wzl', group: 'Things', run: () => {} },
          ]}
        />
      </Section>
    </Box>
  )
}

function Rest() {
  return (
    <Box label="Rest">
      <Section title="Numbers over time">
        <div className="flex flex-wrap items-center gap-4">
          <Sparkline label="Requests a second" values={[40, 42, 39, 44, 60, 58, undefined, 61, 80, 120]} />
          <Sparkline
            label="Errors"
            values={[0.3, 0.2, 0.4, 1.4, 1.2]}
            limit={1}
            status="warn"
            say={(value) => `${value}%`}
          />
        </div>
      </Section>
      <Section title="Panes">
        <div className="h-24 overflow-hidden rounded-6 border border-line">
          <SplitPane
            direction="columns"
            panes={[
              { id: 'a', label: 'Lesson', min: 80, size: '30%', content: <p className="sub p-3">Lesson</p> },
              { id: 'b', label: 'Canvas', min: 80, content: <p className="sub p-3">Canvas</p> },
            ]}
          />
        </div>
      </Section>
      <EmptyState
        title="No alarms yet"
        text="An alarm watches one number and says when it has been wrong for long enough."
        picture={<Pictogram name="alarm" size={28} />}
        action={{ label: 'Put one on the canvas', run: () => {} }}
      />
    </Box>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  )
}
