/// Words from a provider, by LangChain4j: any endpoint that speaks OpenAI's chat completions.
@NullMarked
package parley.bot.langchain;

import org.jspecify.annotations.NullMarked;
