kubectl patch service web -p '{"spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":80}]}}'
# wait: 20s
