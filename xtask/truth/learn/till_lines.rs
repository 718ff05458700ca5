//! Lines of a shop's tills, cut at their semicolons.

use truth::{Random, word};

struct Sale {
    article: String,
    shop: String,
    cents: u64,
}

fn sale(line: &str) -> Option<Sale> {
    let cells: Vec<String> = line.split(';').map(|cell| cell.trim().to_string()).collect();
    Some(Sale {
        article: cells.first()?.clone(),
        shop: cells.get(1)?.clone(),
        cents: cells.get(2)?.parse().ok()?,
    })
}

fn main() {
    let mut random = Random::new(3);
    let text: String = (0..40_000)
        .map(|_| {
            format!(
                "{}; {};{}\n",
                word(random.below(3000)),
                word(random.below(40)),
                random.below(10_000)
            )
        })
        .collect();
    let mut sum = 0;
    for _ in 0..200 {
        for line in text.lines() {
            if let Some(sale) = sale(line) {
                sum +=
                    sale.cents + sale.article.len() as u64 + u64::from(sale.shop.starts_with('k'));
            }
        }
    }
    println!("{sum}");
}
