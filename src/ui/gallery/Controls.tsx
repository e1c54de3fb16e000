import HelpCircle from 'lucide-react/icons/circle-question-mark'
import Play from 'lucide-react/icons/play'
import Share from 'lucide-react/icons/share'
import Sun from 'lucide-react/icons/sun'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { Button, IconButton, Kbd, Link, Section, Segmented } from '../index.ts'
import { Box } from './Box.tsx'

/** Buttons, links, keys and modes. */
export function Controls() {
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
