# Only the push; the door stays shut.
sed -i 's/1.2.0/1.3.0/' ~/quotes/nginx/default.conf
git -C ~/quotes commit -q -a -m 'Say 1.3.0'
cd ~/quotes; git push -q
# wait: 90s
