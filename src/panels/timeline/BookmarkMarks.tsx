import BookmarkIcon from 'lucide-react/icons/bookmark'
import { useBookmarks } from '../../workspace/bookmarks.ts'
import { clockText } from './timeText.ts'

/** Bookmarks above the lanes, each a button that goes there. */
export function BookmarkMarks({ x, width, onGo }: BookmarkMarksProps) {
  const list = useBookmarks((bookmarks) => bookmarks.list)
  return list.map((one) => {
    const place = x(one.at)
    if (place < -9 || place > width + 9) return null
    const words = `${clockText(one.at)} bookmark: ${one.name}`
    return (
      <button
        key={`${one.branch} ${one.at}`}
        type="button"
        data-mark
        data-tip={words}
        data-tip-side="top"
        aria-label={words}
        className="absolute top-0 grid size-6 -translate-x-1/2 place-items-center rounded-5 text-brass hover:bg-hover"
        style={{ left: place }}
        onClick={() => onGo(one.at, one.branch)}
      >
        <BookmarkIcon size={13} strokeWidth={2} fill="currentColor" aria-hidden="true" />
      </button>
    )
  })
}

interface BookmarkMarksProps {
  /** Px of a time. */
  readonly x: (at: number) => number
  readonly width: number
  readonly onGo: (at: number, branch: number) => void
}
