//! A shop's ranking: sales come in by the hour, and each hour's page shows the twenty products that
//! sold best in every department.

use truth::{Random, word};

#[derive(Clone)]
struct Product {
    name: String,
    department: u8,
    price: u32,
    sold: u32,
    revenue: u64,
}

struct Shop {
    products: Vec<Product>,
    random: Random,
}

impl Shop {
    fn new(products: usize) -> Shop {
        let mut random = Random::new(3);
        let products = (0..products)
            .map(|number| Product {
                name: word(number),
                department: random.below(6) as u8,
                price: 99 + random.skewed(20_000) as u32,
                sold: 0,
                revenue: 0,
            })
            .collect();
        Shop { products, random }
    }

    /// An hour's sales; some come back.
    fn sell(&mut self, sales: usize) {
        for _ in 0..sales {
            let at = self.random.below(self.products.len());
            let pieces = 1 + self.random.skewed(5) as u32;
            let product = &mut self.products[at];
            if self.random.number().is_multiple_of(20) && product.sold >= pieces {
                product.sold -= pieces;
                product.revenue -= u64::from(pieces * product.price);
            } else {
                product.sold += pieces;
                product.revenue += u64::from(pieces * product.price);
            }
        }
    }

    fn ranking(&self, department: u8) -> Vec<&Product> {
        let mut products: Vec<&Product> =
            self.products.iter().filter(|product| product.department == department).collect();
        products.sort_by(|a, b| b.revenue.cmp(&a.revenue).then_with(|| a.name.cmp(&b.name)));
        products
    }

    fn page(&self, hour: usize, page: &mut String) {
        page.clear();
        for department in 0..6 {
            page.push_str("<h2>");
            page.push_str(
                ["Books", "Toys", "Music", "Garden", "Tools", "Food"][department as usize],
            );
            page.push_str("</h2><ol>");
            for product in self.ranking(department).iter().take(20) {
                page.push_str("<li>");
                page.push_str(&product.name);
                page.push_str("</li>");
            }
            page.push_str("</ol>");
        }
        if hour == 0 {
            page.push_str("<p>A new day begins.</p>");
        }
    }
}

/// A checksum by which yesterday's page is known from today's.
fn fingerprint(page: &str) -> u64 {
    page.bytes().fold(17, |sum, byte| sum.rotate_left(5) ^ u64::from(byte))
}

fn main() {
    let mut shop = Shop::new(40_000);
    let mut page = String::new();
    let mut seen = 0;
    for hour in 0..140 {
        shop.sell(250_000);
        shop.page(hour % 24, &mut page);
        seen ^= fingerprint(&page);
    }
    println!("{} bytes in the last page, fingerprints {seen:x}", page.len());
}
