import { useEffect, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import type { RunDigest } from '../../../host/views/index.ts'
import { announce, Button, Dialog, TextField } from '../../../ui/index.ts'
import { withBookmarks } from '../../../workspace/bookmarks.ts'
import { useWorld } from '../../../workspace/index.ts'
import { packShare } from '../../../workspace/share.ts'
import { exportFile } from '../worlds/exportFile.ts'

/** A link that replays this world to this moment, or a file. Neither needs a server. */
export function Share({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const lab = useLab()
  const title = useWorld((world) => world.title)
  const [made, setMade] = useState<{ link: string } | { wrong: string } | undefined>(undefined)
  const [copied, setCopied] = useState(false)
  const [run, setRun] = useState<RunDigest | null>(null)
  useEffect(() => {
    if (!open) return
    setCopied(false)
    setMade(undefined)
    setRun(null)
    lab.save().then(
      (save) => {
        void lab.ask('digest', { until: save.at }).then(
          (found) => setRun(found as RunDigest | null),
          () => {},
        )
        const packed = packShare({ title, save: withBookmarks(save) })
        setMade('wrong' in packed ? packed : { link: `${location.href.replace(/#.*$/, '')}#/s/${packed.link}` })
      },
      (error: unknown) => setMade({ wrong: String(error) }),
    )
  }, [open, lab, title])
  const link = made && 'link' in made ? made.link : ''
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Share this moment"
      description="Whoever opens the link has the same world at the same moment, with all that led to it. It is all in the link: nothing is uploaded."
      actions={
        <>
          <Button onClick={() => void exportFile(lab)}>Export as a file</Button>
          <Button
            tone="primary"
            disabled={link === ''}
            onClick={() =>
              void navigator.clipboard?.writeText(link).then(() => {
                setCopied(true)
                announce('The link is copied')
              })
            }
          >
            {copied ? 'Copied' : 'Copy the link'}
          </Button>
        </>
      }
    >
      <TextField
        label="Link"
        mono
        readOnly
        value={link}
        onChange={() => {}}
        onFocus={(event) => event.currentTarget.select()}
        error={made && 'wrong' in made ? made.wrong : undefined}
        hint={link === '' ? undefined : `${link.length.toLocaleString('en')} characters`}
      />
      {run ? (
        <div className="mt-4">
          <TextField
            label="Fingerprint"
            mono
            readOnly
            value={run.digest}
            onChange={() => {}}
            onFocus={(event) => event.currentTarget.select()}
            hint={`Of seed ${run.seed} and all ${run.events.toLocaleString('en')} events. Who sees the same has the same history.`}
          />
        </div>
      ) : null}
    </Dialog>
  )
}
