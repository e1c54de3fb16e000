kubectl patch deployment slow -p '{"spec":{"template":{"spec":{"containers":[{"name":"slow","startupProbe":{"httpGet":{"path":"/","port":8080},"failureThreshold":12}}]}}}}'
# wait: 80s
