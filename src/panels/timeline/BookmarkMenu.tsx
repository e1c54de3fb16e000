import BookmarkIcon from 'lucide-react/icons/bookmark'
import { memo, type RefObject, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Bookmark } from '../../host/save.ts'
import type { Clock } from '../../host/views/index.ts'
import { announce, Button, Dialog, Menu, TextField } from '../../ui/index.ts'
import { useBookmarks } from '../../workspace/bookmarks.ts'
import { clockText } from './timeText.ts'

/** The bookmarks: to set one here (or take it away), to go to one, to name them. */
export const BookmarkMenu = memo(function BookmarkMenu({ latest }: { latest: RefObject<Clock> }) {
  const lab = useLab()
  const list = useBookmarks((bookmarks) => bookmarks.list)
  const [naming, setNaming] = useState<Bookmark>()
  const go = ({ at, branch }: Bookmark) =>
    void (branch === latest.current.branch ? lab.seek(at) : lab.switchTo(branch, at))
  return (
    <>
      <Menu
        side="top"
        align="end"
        trigger={
          <button
            type="button"
            aria-label={`Bookmarks: ${list.length}`}
            className="flex h-[calc(26px*var(--text-size))] pointer-coarse:min-h-11 pointer-coarse:min-w-11 items-center gap-1 rounded-6 border border-line-strong bg-raised px-1.5 font-strong text-12 hover:bg-hover"
          >
            <BookmarkIcon size={14} strokeWidth={1.75} aria-hidden="true" />
            {list.length > 0 ? <span className="num">{list.length}</span> : null}
          </button>
        }
        groups={() => [
          {
            id: 'set',
            label: 'Bookmarks',
            entries: [
              {
                id: 'toggle',
                label: list.some(({ at, branch }) => at === latest.current.now && branch === latest.current.branch)
                  ? 'Take the bookmark away'
                  : 'Set a bookmark here',
                keys: 'B',
                run: () => toggleBookmark(latest.current),
              },
              ...list.map((one, i) => ({
                id: `go ${i}`,
                label: `${clockText(one.at)} ${one.name}`,
                run: () => go(one),
              })),
            ],
          },
          ...(list.length > 0
            ? [
                {
                  id: 'name',
                  label: 'Name',
                  entries: list.map((one, i) => ({
                    id: `name ${i}`,
                    label: `Name ${one.name}…`,
                    run: () => setNaming(one),
                  })),
                },
              ]
            : []),
        ]}
      />
      {naming ? <Naming bookmark={naming} onClose={() => setNaming(undefined)} /> : null}
    </>
  )
})

/** Sets a bookmark where the world stands, or takes it away. */
export function toggleBookmark({ now, branch }: Pick<Clock, 'now' | 'branch'>): void {
  const { list, toggle } = useBookmarks.getState()
  const what = toggle(branch, now, `bookmark ${list.length + 1}`)
  announce(what === 'set' ? `Bookmark at ${clockText(now)}` : `The bookmark at ${clockText(now)} is gone`)
}

function Naming({ bookmark, onClose }: { bookmark: Bookmark; onClose: () => void }) {
  const [name, setName] = useState(bookmark.name)
  const { rename, remove } = useBookmarks.getState()
  const save = () => {
    if (name.trim() !== '') rename(bookmark, name.trim().slice(0, 80))
    onClose()
  }
  return (
    <Dialog
      open
      width={340}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Bookmark at ${clockText(bookmark.at)}`}
      actions={
        <>
          <Button
            onClick={() => {
              remove(bookmark)
              onClose()
            }}
          >
            Take it away
          </Button>
          <Button tone="primary" onClick={save}>
            Keep the name
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} />
      </form>
    </Dialog>
  )
}
