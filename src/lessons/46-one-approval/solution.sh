cd ~/quotes
sed -i 's/1.1.0/1.2.0/' nginx/default.conf
git commit -q -a -m 'Say 1.2.0'
git push -q
# wait: 45s
sh ~/answer.sh Approved
# wait: 90s
