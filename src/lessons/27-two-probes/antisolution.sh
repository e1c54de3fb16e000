# No probe, no restarts: it comes up, and nobody would notice if it hung.
kubectl patch deployment slow --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe"}]'
# wait: 80s
