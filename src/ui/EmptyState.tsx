import type { ReactNode } from 'react'
import { Button } from './Button.tsx'

/** What a place says when there is nothing in it: one sentence, and exactly one thing to do about it. */
export function EmptyState({ title, text, picture, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-2 p-6 text-center">
      {picture ? <div className="text-edge">{picture}</div> : null}
      <p className="m-0 font-strong text-14">{title}</p>
      {text ? <p className="sub m-0 max-w-[34ch]">{text}</p> : null}
      <Button className="mt-1" onClick={action.run} icon={action.icon} {...(action.keys ? { keys: action.keys } : {})}>
        {action.label}
      </Button>
    </div>
  )
}

export interface EmptyStateProps {
  title: string
  text?: string | undefined
  picture?: ReactNode | undefined
  action: { label: string; run: () => void; icon?: ReactNode | undefined; keys?: string | undefined }
}
