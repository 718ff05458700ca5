//! A library's desk: who has which book, and what each reader is told.

use truth::{Random, word};

const BOOKS: usize = 450;
const EVENTS: usize = 1_000_000;

struct Book {
    title: String,
    lent_to: Option<u32>,
    times: u32,
}

/// Where a book stands in the list.
fn find<'a>(books: &'a mut [Book], title: &str) -> Option<&'a mut Book> {
    books.iter_mut().find(|book| book.title == title)
}

/// The line on a reader's slip.
fn slip(reader: u32, title: &str, day: usize) -> String {
    let due = format!("{:02}-{:02}", day % 28 + 1, day / 28 % 12 + 1);
    format!("{reader:06} {title:<20} due {due}")
}

fn main() {
    let mut random = Random::new(64);
    let titles: Vec<String> = (0..BOOKS).map(|at| word(at * 31)).collect();
    let fresh = |title: &String| Book { title: title.clone(), lent_to: None, times: 0 };
    let mut books: Vec<Book> = titles.iter().map(fresh).collect();
    let (mut letters, mut refused) = (0, 0);
    for event in 0..EVENTS {
        let title = &titles[random.skewed(BOOKS)];
        let reader = random.below(5000) as u32;
        let Some(book) = find(&mut books, title) else { continue };
        match book.lent_to {
            Some(of) if of == reader || random.below(3) > 0 => book.lent_to = None,
            Some(_) => refused += 1,
            None => {
                book.lent_to = Some(reader);
                book.times += 1;
                letters += slip(reader, title, event / 900).len();
            }
        }
    }
    let most = books.iter().map(|book| book.times).max().unwrap_or(0);
    println!("{letters} {refused} {most}");
}
