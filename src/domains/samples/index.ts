// Each sample puts itself on offer.
import './quotes.ts'
