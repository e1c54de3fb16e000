cd ~/quotes
sed -i 's/Liskov/Liskov;/' data/quotes.csv
npm test
git commit -q -a -m 'Give the quote its separator back'
git push -q
# wait: 120s
