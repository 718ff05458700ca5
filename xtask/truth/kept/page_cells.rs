//! Renders tables of customers as HTML, with a bar chart of what they bought.

use truth::{Random, word};

struct Customer {
    name: String,
    town: String,
    remark: String,
    cents: u64,
    months: [u16; 12],
}

fn customers(count: usize) -> Vec<Customer> {
    let mut random = Random::new(9);
    (0..count)
        .map(|number| {
            let remark = match random.below(20) {
                0 => format!("asks for \"{}\" & more", word(random.below(900))),
                _ => format!("{} {}", word(random.below(900)), word(random.below(900))),
            };
            Customer {
                name: format!("{} {}", word(number), word(random.below(3_000))),
                town: word(random.skewed(300)),
                remark,
                cents: random.skewed(10_000_000) as u64,
                months: std::array::from_fn(|_| random.skewed(500) as u16),
            }
        })
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn cell(page: &mut String, text: &str) {
    page.push_str("<td>");
    page.push_str(&escape(text));
    page.push_str("</td>");
}

/// Digits without a detour over a string of their own.
fn amount(page: &mut String, cents: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = cents;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    page.extend(digits[at..].iter().map(|&digit| digit as char));
}

/// A bar for each month, drawn as a column of characters.
fn chart(page: &mut String, months: &[u16; 12]) {
    let highest = months.iter().copied().max().unwrap_or(1).max(1);
    page.push_str("<td>");
    for level in (1..8).rev() {
        for &month in months {
            let reaches = u32::from(month) * 8 >= u32::from(highest) * level;
            page.push(if reaches { '#' } else { ' ' });
        }
        page.push('\n');
    }
    page.push_str("</td>");
}

fn table(customers: &[Customer], page: &mut String) {
    for customer in customers {
        page.push_str("<tr>");
        cell(page, &customer.name);
        cell(page, &customer.town);
        cell(page, &customer.remark);
        page.push_str("<td>");
        amount(page, customer.cents);
        page.push_str("</td>");
        chart(page, &customer.months);
        page.push_str("</tr>\n");
    }
}

fn main() {
    let customers = customers(60_000);
    let mut page = String::new();
    let mut bytes = 0;
    for _ in 0..60 {
        for customers in customers.chunks(500) {
            page.clear();
            table(customers, &mut page);
            bytes += page.len();
        }
    }
    println!("{bytes} bytes of pages");
}
