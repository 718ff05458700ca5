//! Fills letters in: a template with fields and conditions is rendered for each recipient, wrapped
//! to a width, and counted in pages.

use std::collections::HashMap;

use truth::{Random, word};

enum Part {
    Text(String),
    Field(String),
    If(String, Vec<Part>),
}

fn compile(template: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(from) = rest.find("{{") {
        parts.push(Part::Text(rest[..from].to_string()));
        let to = rest.find("}}").expect("a field is closed");
        let field = &rest[from + 2..to];
        rest = &rest[to + 2..];
        if let Some(condition) = field.strip_prefix('?') {
            let end = rest.find("{{/}}").expect("a condition is closed");
            parts.push(Part::If(condition.to_string(), compile(&rest[..end])));
            rest = &rest[end + 5..];
        } else {
            parts.push(Part::Field(field.to_string()));
        }
    }
    parts.push(Part::Text(rest.to_string()));
    parts
}

type Fields = HashMap<String, String>;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn render(parts: &[Part], fields: &Fields) -> String {
    let mut letter = String::new();
    for part in parts {
        let text = match part {
            Part::Text(text) => text.clone(),
            Part::Field(name) => escape(&fields.get(name).cloned().unwrap_or_default()),
            Part::If(name, parts) if fields.contains_key(name) => render(parts, fields),
            Part::If(..) => String::new(),
        };
        letter.push_str(&text);
    }
    letter
}

fn recipient(random: &mut Random, names: &[String]) -> Fields {
    let mut fields = HashMap::new();
    for field in ["title", "name", "street", "town", "product", "sum", "date", "agent"] {
        let value = names[random.skewed(names.len())].clone();
        fields.insert(field.to_string(), value);
    }
    if random.below(3) == 0 {
        fields.insert("overdue".to_string(), "yes".to_string());
    }
    fields
}

/// Which words the letters use, for whoever buys the ink.
fn use_words(letter: &str, uses: &mut HashMap<String, u32>) {
    for word in letter.split_whitespace() {
        *uses.entry(word.to_string()).or_insert(0) += 1;
    }
}

/// Lines that a letter takes at a width.
fn lines(letter: &str, width: usize) -> usize {
    let mut lines = 0;
    for paragraph in letter.split('\n') {
        let mut column = 0;
        lines += 1;
        for word in paragraph.split(' ') {
            let letters = word.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
            if column > 0 && column + 1 + letters > width {
                lines += 1;
                column = letters;
            } else {
                column += usize::from(column > 0) + letters;
            }
        }
    }
    lines
}

fn main() {
    let template = "{{title}} {{name}}\n{{street}}\n{{town}}\n\nDear {{title}} {{name}},\n\
        thank you for your order of {{product}} on {{date}}. The sum of {{sum}} \
        {{?overdue}}was due on {{date}}; please pay {{sum}} to {{agent}} soon{{/}} \
        will reach us in time, we hope. Your {{product}} is on its way to {{street}} in \
        {{town}}.\n\nYours, {{agent}} of {{town}}\n";
    let parts = compile(template);
    let mut random = Random::new(231);
    let names: Vec<String> = (0..4_000).map(|at| word(at) + " & " + &word(at / 9)).collect();
    let recipients: Vec<Fields> = (0..20_000).map(|_| recipient(&mut random, &names)).collect();
    let (mut pages, mut bytes) = (0, 0);
    let mut uses = HashMap::new();
    for _ in 0..8 {
        for fields in &recipients {
            let letter = render(&parts, fields);
            pages += lines(&letter, 60).div_ceil(40);
            bytes += letter.len();
            use_words(&letter, &mut uses);
        }
    }
    println!("{pages} pages, {bytes} bytes, {} words", uses.len());
}
