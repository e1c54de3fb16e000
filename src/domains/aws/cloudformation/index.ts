import './order.rule.ts'
