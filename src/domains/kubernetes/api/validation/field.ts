import { byText, isObject, type Loose } from '../loose.ts'
import { type FieldError, fieldError, supported } from './fieldError.ts'

/**
 * A value inside the object under validation, with its path and the list where refusals are collected. Reading is by Go's rules:
 * an absent field is its zero value, so rules read as they do in Kubernetes' source.
 */
export class Field {
  readonly value: unknown
  readonly path: string
  readonly errors: FieldError[]

  constructor(value: unknown, path: string, errors: FieldError[]) {
    this.value = value ?? undefined
    this.path = path
    this.errors = errors
  }

  /** The field `name` of this object. A dotted name goes down several steps. */
  at(name: string): Field {
    return name.split('.').reduce<Field>((field, step) => {
      const inner = isObject(field.value) ? field.value[step] : undefined
      return new Field(inner, field.path === '' ? step : `${field.path}.${step}`, field.errors)
    }, this)
  }

  /** The same value under another path: Kubernetes' paths do not always follow the JSON. */
  as(path: string): Field {
    return new Field(this.value, path, this.errors)
  }

  /** The list's elements, each with its index in the path. */
  get items(): readonly Field[] {
    return Array.isArray(this.value) ? this.value.map((item, index) => this.index(index, item)) : []
  }

  index(index: number, value: unknown = Array.isArray(this.value) ? this.value[index] : undefined): Field {
    return new Field(value, `${this.path}[${index}]`, this.errors)
  }

  /** The map's entries in key order, each with `[key]` in the path. */
  get entries(): readonly (readonly [string, Field])[] {
    if (!isObject(this.value)) return []
    const map = this.value
    return Object.keys(map)
      .sort(byText)
      .map((key) => [key, this.key(key, map[key])] as const)
  }

  key(key: string, value: unknown = isObject(this.value) ? this.value[key] : undefined): Field {
    return new Field(value, `${this.path}[${key}]`, this.errors)
  }

  /** This map as the `limits` of resource requirements at the same path: how a pod's overhead is judged. */
  withLimits(): Field {
    return new Field({ limits: this.value }, this.path, this.errors)
  }

  get present(): boolean {
    return this.value !== undefined
  }

  get text(): string {
    return typeof this.value === 'string' ? this.value : ''
  }

  get number(): number {
    return typeof this.value === 'number' ? this.value : 0
  }

  get true(): boolean {
    return this.value === true
  }

  get size(): number {
    if (Array.isArray(this.value)) return this.value.length
    return isObject(this.value) ? Object.keys(this.value).length : 0
  }

  get object(): Loose {
    return isObject(this.value) ? this.value : {}
  }

  get texts(): readonly string[] {
    return Array.isArray(this.value) ? this.value.filter((item) => typeof item === 'string') : []
  }

  invalid(detail: string, value: unknown = this.value): void {
    this.errors.push(fieldError(this.path, 'FieldValueInvalid', detail, value))
  }

  /** One `Invalid value` for each of a name rule's complaints. */
  invalidAll(details: readonly string[], value: unknown = this.value): void {
    for (const detail of details) this.invalid(detail, value)
  }

  required(detail = ''): void {
    this.errors.push(fieldError(this.path, 'FieldValueRequired', detail))
  }

  forbidden(detail: string): void {
    this.errors.push(fieldError(this.path, 'FieldValueForbidden', detail))
  }

  notSupported(values: readonly string[], value: unknown = this.value): void {
    this.errors.push(fieldError(this.path, 'FieldValueNotSupported', supported(values), value ?? ''))
  }

  duplicate(value: unknown = this.value): void {
    this.errors.push(fieldError(this.path, 'FieldValueDuplicate', '', value))
  }

  notFound(value: unknown = this.value, detail = ''): void {
    this.errors.push(fieldError(this.path, 'FieldValueNotFound', detail, value))
  }

  tooLong(most: number): void {
    this.errors.push(fieldError(this.path, 'FieldValueTooLong', `may not be more than ${most} bytes`))
  }

  tooMany(most: number): void {
    this.errors.push(fieldError(this.path, 'FieldValueTooMany', `must have at most ${most} items`, this.size))
  }

  /** Refuses a negative number; an absent one is 0. */
  notNegative(): void {
    if (this.number < 0) this.invalid('must be greater than or equal to 0')
  }

  /** Refuses anything but `values`; an empty or absent text is `required` when `needed`. */
  oneOf(values: readonly string[], needed: boolean): void {
    if (this.text === '' && !(this.present && !needed)) {
      if (needed) this.required()
      return
    }
    if (!values.includes(this.text)) this.notSupported(values)
  }
}
