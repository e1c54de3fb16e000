import { parseCron } from '../cronSchedule.ts'
import { TimeZone } from '../timeZone.ts'
import type { Field } from './field.ts'
import { validateJobSpec } from './jobs.ts'
import { validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsSubdomain } from './names.ts'

/** Models: ValidateCronJobCreate. */
export function validateCronJob(object: Field): void {
  const metadata = object.at('metadata')
  validateMetadata(metadata, true, dnsSubdomain)
  validateCronSpec(object.at('spec'), undefined)
  if (metadata.at('name').text.length > 52) metadata.at('name').invalid('must be no more than 52 characters')
}

/** Models: ValidateCronJobUpdate. */
export function validateCronJobUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateCronSpec(object.at('spec'), old.at('spec'))
}

function validateCronSpec(spec: Field, old: Field | undefined): void {
  const schedule = spec.at('schedule')
  const zone = spec.at('timeZone')
  if (schedule.text === '') schedule.required()
  else {
    const parsed = parseCron(schedule.text)
    if (!parsed.ok) schedule.invalid(parsed.error)
    if (schedule.text.includes('TZ')) {
      if (!old?.at('schedule').text.includes('TZ')) {
        schedule.invalid('cannot use TZ or CRON_TZ in schedule, use timeZone field instead')
      } else if (zone.present) schedule.invalid('cannot use both timeZone field and TZ or CRON_TZ in schedule')
    }
  }
  if (spec.at('startingDeadlineSeconds').present) spec.at('startingDeadlineSeconds').notNegative()
  if (zone.present && (!old || old.at('timeZone').value !== zone.value)) validateTimeZone(zone)
  spec.at('concurrencyPolicy').oneOf(['Allow', 'Forbid', 'Replace'], true)
  const template = spec.at('jobTemplate.spec')
  validateJobSpec(template)
  if (template.at('selector').present) template.at('selector').invalid('`selector` will be auto-generated')
  if (template.at('manualSelector').true) template.at('manualSelector').notSupported(['nil', 'false'])
  for (const name of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    if (spec.at(name).present) spec.at(name).notNegative()
  }
}

function validateTimeZone(zone: Field): void {
  if (zone.text === '') {
    zone.invalid('timeZone must be nil or non-empty string', '')
    return
  }
  const unknown = `unknown time zone ${zone.text}`
  const strange = zone.text
    .split('/')
    .some((part) => part === '.' || part === '..' || part.startsWith('-') || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part))
  if (strange) zone.invalid(unknown)
  if (zone.text.toLowerCase() === 'local') {
    zone.invalid('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones')
  }
  if (!TimeZone.find(zone.text) && zone.text.toLowerCase() !== 'local') zone.invalid(unknown)
}
