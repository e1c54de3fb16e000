import { useState } from 'react'
import { Button, CommandPalette, ContextMenu, Dialog, Menu, Section, Sheet, toast } from '../index.ts'
import { Box } from './Box.tsx'

/** Everything that opens: menus, dialog, sheet, palette, toast. */
export function Floating() {
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
