//! Watches the stock of a warehouse: after each delivery, the page of the articles that run out
//! first is made anew, with their names and places cleaned for display.

use truth::{Random, word};

#[derive(Clone)]
struct Article {
    name: String,
    place: String,
    supplier: String,
    left: u32,
    per_day: f32,
}

fn articles(count: usize) -> Vec<Article> {
    let mut random = Random::new(211);
    (0..count)
        .map(|number| Article {
            name: word(number * 3),
            place: format!("{}-{:03}", (b'A' + random.below(20) as u8) as char, number % 1_000),
            supplier: word(random.skewed(400)),
            left: 10 + random.skewed(4_000) as u32,
            per_day: 0.5 + random.unit() as f32 * 20.0,
        })
        .collect()
}

fn days(article: &Article) -> f32 {
    article.left as f32 / article.per_day
}

fn urgent(articles: &[Article]) -> Vec<Article> {
    let mut articles = articles.to_vec();
    articles.sort_by(|a, b| days(a).total_cmp(&days(b)));
    articles.truncate(50);
    articles
}

/// Deliveries and a day's sales.
fn pass_day(articles: &mut [Article], random: &mut Random) {
    for article in articles.iter_mut() {
        let wanted = article.per_day * (0.5 + random.unit() as f32);
        article.left = article.left.saturating_sub(wanted as u32);
        article.per_day = article.per_day * 0.95 + wanted * 0.05;
    }
    for _ in 0..articles.len() / 20 {
        let at = random.below(articles.len());
        articles[at].left += 100 + random.below(900) as u32;
    }
}

fn page(articles: &[Article], page: &mut String) {
    page.clear();
    for article in articles {
        for text in [&article.name, &article.place, &article.supplier] {
            page.push_str(text);
            page.push('\t');
        }
        page.push_str(if days(article) < 1.0 { "order today\n" } else { "order soon\n" });
    }
}

/// What the stock is worth to its supplier: a rough forecast of a month.
fn forecast(articles: &[Article]) -> f64 {
    let mut sum = 0.0;
    for article in articles {
        let mut left = article.left as f32;
        let mut day = 0;
        while left > 0.0 && day < 30 {
            left -= article.per_day * if day % 7 < 5 { 1.2 } else { 0.5 };
            day += 1;
        }
        sum += f64::from(day);
    }
    sum / articles.len() as f64
}

fn main() {
    let mut random = Random::new(212);
    let mut articles = articles(30_000);
    let mut text = String::new();
    let mut bytes = 0;
    for day in 0..140 {
        pass_day(&mut articles, &mut random);
        page(&urgent(&articles), &mut text);
        bytes += text.len();
        let forecast = forecast(&articles);
        if day % 15 == 0 {
            println!("day {day}: {bytes} bytes of pages, {forecast:.2} days on average");
        }
    }
}
