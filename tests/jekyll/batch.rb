# What Jekyll's own classes make of many texts, in one process: JSON in, JSON out.
require "json"
require "jekyll"

Jekyll.logger.log_level = :error
config = Jekyll.configuration(
  "quiet" => true,
  "kramdown" => { "input" => "GFM", "hard_wrap" => false, "entity_output" => "as_char" },
)
MARKDOWN = Jekyll::Converters::Markdown.new(config)

# Date has no JSON of its own, and a string must not look like one.
def typed(value)
  case value
  when Hash then value.to_h { |key, item| [key.to_s, typed(item)] }
  when Array then value.map { |item| typed(item) }
  when Date then { "date" => value.iso8601 }
  when Time then { "time" => value.utc.iso8601 }
  else value
  end
end

READERS = {
  # A page as Jekyll::Document reads it: front matter and body, or nothing.
  "page" => lambda do |text|
    found = Jekyll::Document::YAML_FRONT_MATTER_REGEXP.match(text)
    found && [typed(Jekyll::Utils.safe_load_yaml(found[1]) || {}), found.post_match]
  end,
  "markdown" => ->(text) { MARKDOWN.convert(text) },
  "body" => ->(text) { MARKDOWN.convert(Liquid::Template.parse(text).render!) },
}.freeze

answers = JSON.parse($stdin.read).map do |reader, text|
  { "value" => READERS.fetch(reader).call(text) }
rescue StandardError => e
  { "error" => "#{e.class}: #{e.message}" }
end
puts JSON.generate(answers)
