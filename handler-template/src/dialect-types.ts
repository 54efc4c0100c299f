import type { ModelInfo } from './model.ts';

/** How clients of POST /predict and of direct invokes name their fields, and the shape of what they get. The Open Inference Protocol has its own. */
export interface Dialect {
  /** A request as JSON, for those who sent something else; left out where it is the task's. */
  readonly example?: string;
  /** @param sent JSON that matched the API's schema @returns the same as the task takes it */
  readonly toRequest: (sent: object) => object;
  /** @param said what the task answered @returns the same as clients get it */
  readonly toAnswer: (said: object, model: ModelInfo) => object;
}
