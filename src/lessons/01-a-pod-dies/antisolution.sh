# Two pods by hand: there are five, and nobody would replace the new ones.
kubectl run web-4 --image=nginx:1.27
kubectl run web-5 --image=nginx:1.27
