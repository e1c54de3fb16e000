kubectl set image deployment/web web=nginx:1.28
