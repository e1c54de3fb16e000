import { useLab } from '../../../host/react.ts'
import { Dialog, toast } from '../../../ui/index.ts'
import { runEdit } from '../../../workspace/index.ts'
import { Schematic } from '../templates/Schematic.tsx'
import { type Template, templates } from '../templates/templates.ts'

/** Architectures to begin with. Choosing one runs its lines in the present world: what is drawn is a running system. */
export function Templates({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const lab = useLab()
  const build = (template: Template) => {
    onOpenChange(false)
    // One script: each line waits for the one before it, which may take its time.
    void runEdit(lab, [template.lines.join('\n')], { by: 'palette', title: `the template “${template.title}”` })
    toast({
      text: `${template.title}: ${template.lines.length} command lines are being run.`,
      detail: 'The terminal shows them and what they say. Let the world run to see them at work.',
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Start from a template"
      description="Each is a handful of command lines that run in this world, beside what is there already."
      width={1010}
    >
      <ul className="m-0 grid list-none gap-3 p-0 sm:grid-cols-2">
        {templates.map((template) => (
          <li key={template.name}>
            <button type="button" className="fix h-full flex-col! items-stretch! p-3!" onClick={() => build(template)}>
              <Schematic drawing={template.drawing} />
              <span className="min-w-0">
                <b>{template.title}</b>
                <small>{template.says}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
