/** Anything that survives JSON. World records, event data, view results and process states are made of this only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A JSON object whose fields are not known in advance. */
export type JsonObject = { readonly [key: string]: Json | undefined }
