kubectl patch deployment slow -p '{"spec":{"template":{"spec":{"containers":[{"name":"slow","livenessProbe":{"initialDelaySeconds":50}}]}}}}'
# wait: 80s
